using System.Globalization;
using Annotator.Domain.Kernel;
using Annotator.Domain.Languages;
using Annotator.Domain.Text;

namespace Annotator.Domain.Sources.Texts;

/// <summary>
/// The attributes of a snapshot as they stand in a tag, each with a blank before it; empty when there is nothing safe to say.
/// </summary>
internal static class SnapshotAttributes
{
    /// <summary><c>data-page</c>: the page of a PDF file, from 1.</summary>
    public static string Page(int number) => string.Create(CultureInfo.InvariantCulture, $" data-page=\"{number}\"");

    /// <summary><c>lang</c> in canonical form; empty when the tag is no BCP 47 tag.</summary>
    public static string Language(string? tag) =>
        tag is not null && LanguageTag.TryParse(tag, out var language) && !language.IsUndetermined ? $" lang=\"{language.Value}\"" : "";

    /// <summary><c>dir</c>; empty for other values than <c>ltr</c>, <c>rtl</c> and <c>auto</c>.</summary>
    public static string Direction(string? direction) =>
        direction?.Trim().ToLowerInvariant() is ("ltr" or "rtl" or "auto") and var known ? $" dir=\"{known}\"" : "";

    /// <param name="address">Where the document is from; null leaves only links that are complete.</param>
    public static string Link(string? href, Uri? address)
    {
        if (string.IsNullOrWhiteSpace(href) || href.Length > Limits.Uri || href.TrimStart().StartsWith('#'))
            return "";
        var isUri = address is null
            ? Uri.TryCreate(href.Trim(), UriKind.Absolute, out var uri)
            : Uri.TryCreate(address, href.Trim(), out uri);
        if (!isUri || uri!.Scheme is not ("http" or "https" or "mailto") || uri.AbsoluteUri.Length > Limits.Uri)
            return "";
        return $" href=\"{HtmlText.EscapeAttribute(uri.AbsoluteUri)}\"";
    }
}
