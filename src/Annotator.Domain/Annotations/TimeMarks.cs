using System.Globalization;

namespace Annotator.Domain.Annotations;

/// <summary>
/// When an annotation was written, as lexemes: the hour it falls into, and larger units each eight times as long. A stretch of
/// time is an OR of a few of them.
/// </summary>
internal static class TimeMarks
{
    private const int FirstShift = 12; // 2^12 s: a little more than an hour
    private const int ShiftStep = 3;
    private const int Levels = 5; // up to 2^24 s: half a year
    private const int MaxUnits = 12;

    public static IEnumerable<string> Of(DateTimeOffset moment)
    {
        for (var level = 0; level < Levels; level++)
            yield return Mark(level, UnitOf(level, moment));
    }

    /// <summary>
    /// The lexemes of units that hold the stretch; the first may begin earlier than <paramref name="from"/>.
    /// Null when there would be too many.
    /// </summary>
    public static IReadOnlyList<string>? Cover(DateTimeOffset from, DateTimeOffset to)
    {
        for (var level = 0; level < Levels; level++)
        {
            var (first, last) = (UnitOf(level, from), UnitOf(level, to));
            if (last - first < MaxUnits)
                return [.. Enumerable.Range(0, (int)(last - first) + 1).Select(i => Mark(level, first + i))];
        }

        return null;
    }

    private static long UnitOf(int level, DateTimeOffset moment) => moment.ToUnixTimeSeconds() >> (FirstShift + ShiftStep * level);

    private static string Mark(int level, long unit) => string.Create(CultureInfo.InvariantCulture, $":w{level}:{unit:x}");
}
