using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Annotator.Domain.Sources;

public static partial class UriNormalizer
{
    /// <summary>The longest address accepted, in UTF-16 units.</summary>
    public const int MaxLength = 2048;

    /// <summary>
    /// Reads what a person typed to name a source: an http address (kept as given), a DOI with or without <c>doi:</c>,
    /// an ISBN with or without <c>urn:isbn:</c> (both lengths become <c>urn:isbn:</c> and 13 digits), or another URN such as
    /// <c>urn:x-pdf:…</c>.
    /// </summary>
    /// <param name="input">Space around it does not matter.</param>
    /// <param name="uri">The address; empty when refused.</param>
    /// <param name="reasonCode">
    /// Empty, or why it is refused: <c>empty</c>, <c>too_long</c>, <c>malformed</c>, <c>isbn_checksum</c>, <c>unsafe_scheme</c>
    /// (script and inline data), <c>local_file</c>, <c>unknown_scheme</c>.
    /// </param>
    public static bool TryParseTarget(string? input, out string uri, out string reasonCode)
    {
        var text = (input ?? "").Trim();
        (uri, reasonCode) = text.Length switch
        {
            0 => ("", "empty"),
            > MaxLength => ("", "too_long"),
            _ => Read(text),
        };
        return reasonCode.Length == 0;
    }

    private static (string Uri, string Reason) Read(string text)
    {
        if (text.AsSpan().ContainsAnyInRange('\0', '\u001f') || text.Contains('\u007f', StringComparison.Ordinal))
            return ("", "malformed");

        if (IsbnShape().Match(text) is { Success: true } isbn)
            return Isbn.ToThirteenDigits(isbn.Groups["digits"].Value) is { } digits ? ("urn:isbn:" + digits, "") : ("", "isbn_checksum");

        if (text.Any(char.IsWhiteSpace) && !DoiShape().IsMatch(text))
            return ("", "malformed");

        return Scheme(text) switch
        {
            "http" or "https" =>
                TrySplit(text, out var parts) && Authority(parts.Scheme, parts.Authority) is not null ? (text, "") : ("", "malformed"),
            "doi" or "" => TryReadDoi(text, out var doi) ? ("doi:" + doi, "") : ("", "malformed"),
            "urn" => UrnShape().IsMatch(text) ? (text, "") : ("", "malformed"),
            "javascript" or "data" or "vbscript" or "blob" or "about" => ("", "unsafe_scheme"),
            "file" => ("", "local_file"),
            _ => ("", "unknown_scheme"),
        };
    }

    private static string Scheme(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon <= 0 || text.AsSpan(0, colon).ContainsAnyExcept(SchemeCharacters) || !char.IsAsciiLetter(text[0])
            ? ""
            : text[..colon].ToLowerInvariant();
    }

    private static bool TryReadDoi(string text, [NotNullWhen(true)] out string? doi)
    {
        var match = DoiShape().Match(text);
        var isResolved = match.Groups["resolver"].Success;
        doi = !match.Success ? null : isResolved ? PercentEncoding.DecodeText(match.Groups["doi"].Value) : match.Groups["doi"].Value;
        return doi is not null;
    }

    // DOI Handbook §2.2: the prefix is 10 and a registrant, the suffix anything printable.
    [GeneratedRegex(
        @"\A(?:doi:\s?|(?<resolver>https?://(?:dx\.|www\.)?doi\.org/))?(?<doi>10\.\d{4,9}(?:\.\d{1,9}){0,8}/\S+)\z",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        500)]
    private static partial Regex DoiShape();

    [GeneratedRegex(
        @"\Aurn:isbn:(?<digits>[\d -]{9,16}[\dX])\z",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        500)]
    private static partial Regex IsbnUrn();

    [GeneratedRegex(
        @"\A(?:urn:isbn:\s?|isbn(?:-1[03])?:?\s?)?(?<digits>(?:\d[ -]?){9}(?:(?:\d[ -]?){3}\d|[\dX]))\z",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        500)]
    private static partial Regex IsbnShape();

    // RFC 8141 §2.
    [GeneratedRegex(
        @"\Aurn:[a-z0-9][a-z0-9-]{0,30}[a-z0-9]:[^\s""<>\\^`{|}]+\z",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        500)]
    private static partial Regex UrnShape();
}
