using System.Globalization;

namespace Annotator.Domain.Annotations;

/// <summary>
/// The time of an annotation as lexemes: the unit of 2^12 seconds that it falls into, and three larger units each sixteen times as
/// long. A stretch of time is an OR of at most <see cref="MaxUnits"/> of them.
/// </summary>
internal static class TimeLexemes
{
    private const int FirstShift = 12; // 2^12 s: a little more than an hour
    private const int ShiftStep = 4;
    private const int Levels = 4; // up to 2^24 s: half a year
    private const int MaxUnits = 32;

    /// <summary>The lexemes of a moment: one for each size of unit, from 2^12 seconds to 2^24.</summary>
    public static IEnumerable<string> Of(DateTimeOffset moment)
    {
        for (var level = 0; level < Levels; level++)
            yield return Lexeme(level, UnitOf(level, moment));
    }

    /// <summary>
    /// The lexemes of units that hold the stretch, small ones at its beginning and the largest that fit after them; the first may
    /// begin a little before <paramref name="from"/>, the last end after <paramref name="to"/>. Null when there would be too many.
    /// </summary>
    public static IReadOnlyList<string>? Cover(DateTimeOffset from, DateTimeOffset to)
    {
        for (var level = 0; level < Levels; level++)
        {
            var units = Cover(level, UnitOf(level, from), to).Take(MaxUnits + 1).ToList();
            if (units.Count <= MaxUnits)
                return units;
        }

        return null;
    }

    private static IEnumerable<string> Cover(int level, long unit, DateTimeOffset to)
    {
        while (unit <= UnitOf(level, to))
        {
            if (unit % (1 << ShiftStep) == 0 && level < Levels - 1)
            {
                (level, unit) = (level + 1, unit >> ShiftStep);
                continue;
            }

            yield return Lexeme(level, unit++);
        }
    }

    private static long UnitOf(int level, DateTimeOffset moment) => moment.ToUnixTimeSeconds() >> (FirstShift + ShiftStep * level);

    private static string Lexeme(int level, long unit) => string.Create(CultureInfo.InvariantCulture, $":w{level}:{unit:x}");
}
