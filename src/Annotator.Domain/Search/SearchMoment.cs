using System.Globalization;

namespace Annotator.Domain.Search;

/// <summary>The values of <c>after:</c> and <c>before:</c>.</summary>
public static class SearchMoment
{
    public static bool TryParse(string value, DateTimeOffset now, out DateTimeOffset moment) =>
        DateTimeOffset.TryParseExact(value, ["yyyy", "yyyy-MM", "yyyy-MM-dd"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out moment) && moment <= now + TimeSpan.FromDays(365_000);
}
