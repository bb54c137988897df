namespace Annotator.Domain.Sources;

/// <summary>Book numbers of ISO 2108.</summary>
internal static class Isbn
{
    /// <summary>The 13-digit form of an ISBN of either length, with or without hyphens; null when a check digit is wrong.</summary>
    public static string? ToThirteenDigits(string text)
    {
        var digits = text.Replace("-", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
        return digits.Length switch
        {
            13 => digits[12] == CheckDigit(digits) && digits[..3] is ("978" or "979") ? digits : null,
            10 => IsTenDigits(digits) ? $"978{digits[..9]}{CheckDigit("978" + digits)}" : null,
            _ => null,
        };
    }

    private static bool IsTenDigits(string digits) =>
        digits.Select((digit, i) => (10 - i) * (digit == 'X' ? 10 : digit - '0')).Sum() % 11 == 0;

    private static char CheckDigit(string digits) =>
        (char)('0' + ((10 - (digits.Take(12).Select((digit, i) => (digit - '0') * (i % 2 == 0 ? 1 : 3)).Sum() % 10)) % 10));
}
