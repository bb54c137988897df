using System.Globalization;

namespace Annotator.Domain.Search;

/// <summary>Moments as they are typed in a query.</summary>
public static class SearchMoment
{
    /// <summary>
    /// Reads <c>2026</c>, <c>2026-03</c> or <c>2026-03-14</c>, or <c>7d</c>, <c>2w</c>, <c>3m</c>, <c>1y</c> for that many days,
    /// weeks, months or years ago.
    /// </summary>
    /// <param name="value">As typed; full-width digits and long dashes are understood.</param>
    /// <param name="now">What "ago" counts from.</param>
    /// <param name="moment">In UTC: the beginning of the year, month or day; the beginning of time where it would lie before it.</param>
    public static bool TryParse(string value, DateTimeOffset now, out DateTimeOffset moment)
    {
        moment = default;
        var plain = QueryText.Plain(value).ToLowerInvariant();
        return plain.Length is > 0 and <= 10
            && (char.IsAsciiLetter(plain[^1]) ? TryAgo(plain, now.ToUniversalTime(), out moment) : TryDate(plain, out moment));
    }

    private static bool TryAgo(string plain, DateTimeOffset now, out DateTimeOffset moment)
    {
        moment = default;
        if (!int.TryParse(plain.AsSpan(0, plain.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            return false;
        var sinceYearOne = now - DateTimeOffset.MinValue;
        (var isKnown, moment) = plain[^1] switch
        {
            'd' => (true, Back(count, sinceYearOne.TotalDays, now.AddDays)),
            'w' => (true, Back(7L * count, sinceYearOne.TotalDays, now.AddDays)),
            'm' => (true, Back(count, (12 * (now.Year - 1)) + now.Month - 2, months => now.AddMonths((int)months))),
            'y' => (true, Back(count, now.Year - 2, years => now.AddYears((int)years))),
            _ => (false, default),
        };
        return isKnown;
    }

    private static DateTimeOffset Back(long count, double most, Func<double, DateTimeOffset> add) =>
        count > most ? DateTimeOffset.MinValue : add(-count);

    private static bool TryDate(string plain, out DateTimeOffset moment)
    {
        string[] forms = ["yyyy", "yyyy-M", "yyyy-M-d"];
        return DateTimeOffset.TryParseExact(
            plain, forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out moment);
    }
}
