using System.Buffers;
using System.Text.RegularExpressions;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Annotator.Domain.Text;

/// <summary>Keeps links of a Markdown document that a reader may safely follow, and turns its images into links.</summary>
internal static partial class SafeLinks
{
    private const string Relation = "nofollow ugc noopener noreferrer";

    // Where an address runs straight into East Asian prose, which has no spaces, its punctuation ends the address.
    private static readonly SearchValues<char> EndsOfAddress = SearchValues.Create("，。、；：！？）】》」』”’　");

    /// <summary>Changes the document in place. Links that lead elsewhere than to http, https and mailto become their text.</summary>
    public static void Apply(MarkdownDocument document)
    {
        // Listed before anything moves: the walk follows links between neighbours.
        foreach (var inline in document.Descendants<Inline>().ToList())
        {
            switch (inline)
            {
                case LinkInline link:
                    Apply(link);
                    break;
                case AutolinkInline link when link.IsEmail || IsSafe(link.Url):
                    link.GetAttributes().AddPropertyIfNotExist("rel", Relation);
                    break;
                case AutolinkInline link:
                    link.ReplaceBy(new LiteralInline(link.Url));
                    break;
            }
        }
    }

    private static void Apply(LinkInline link)
    {
        if (link.IsAutoLink)
            EndAtPunctuation(link);
        if (!IsSafe(link.Url) || (link.IsImage && IsInsideLink(link)))
            Unwrap(link);
        else
            ShowAsLink(link);
    }

    private static void EndAtPunctuation(LinkInline link)
    {
        if (link.Url is not { } url || url.AsSpan().IndexOfAny(EndsOfAddress) is not (> 0 and var end))
            return;

        var rest = url[end..];
        var shown = link.FirstChild is LiteralInline literal ? literal.Content.ToString() : url;
        link.Url = url[..end];
        link.Clear();
        link.AppendChild(new LiteralInline(shown.EndsWith(rest, StringComparison.Ordinal) ? shown[..^rest.Length] : link.Url));
        AppendAfter(link, rest);
    }

    // What follows may hold further addresses, which the parser took for the end of the first.
    private static void AppendAfter(Inline last, string rest)
    {
        var done = 0;
        foreach (Match address in Address().Matches(rest))
        {
            var next = new LinkInline(address.Value, "");
            next.AppendChild(new LiteralInline(address.Value));
            ShowAsLink(next);
            last.InsertAfter(new LiteralInline(rest[done..address.Index]));
            last.NextSibling!.InsertAfter(next);
            last = next;
            done = address.Index + address.Length;
        }

        last.InsertAfter(new LiteralInline(rest[done..]));
    }

    private static bool IsSafe(string? url) =>
        url is not null
        && (url.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
            || url.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
            || url.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase));

    private static bool IsInsideLink(LinkInline link)
    {
        for (var parent = link.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is LinkInline { IsImage: false })
                return true;
        }

        return false;
    }

    private static void Unwrap(LinkInline link)
    {
        while (link.FirstChild is { } child)
        {
            child.Remove();
            link.InsertBefore(child);
        }

        link.Remove();
    }

    private static void ShowAsLink(LinkInline link)
    {
        link.IsImage = false;
        link.GetAttributes().AddPropertyIfNotExist("rel", Relation);
        if (link.FirstChild is null)
            link.AppendChild(new LiteralInline(link.Url ?? ""));
    }

    [GeneratedRegex(@"https?://[^\s<>，。、；：！？（）【】《》「」『』“”‘’]+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 500)]
    private static partial Regex Address();
}
