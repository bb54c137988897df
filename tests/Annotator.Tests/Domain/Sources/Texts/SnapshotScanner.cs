using System.Text;

namespace Annotator.Tests.Domain.Sources.Texts;

/// <summary>Reads the words out of a snapshot as simply as can be; fails on anything a snapshot may not hold.</summary>
internal static class SnapshotScanner
{
    private static readonly HashSet<string> Allowed =
    [
        .. ("section h1 h2 h3 h4 h5 h6 p blockquote ul ol li pre code em strong b i u s sub sup ruby rt rp br hr table thead tbody tr " +
            "th td a " +
            "figure figcaption dl dt dd q cite abbr").Split(' '),
    ];

    public static string TextOf(string html)
    {
        var (text, open) = (new StringBuilder(), new Stack<string>());
        for (var i = 0; i < html.Length;)
        {
            var end = html.IndexOf(html[i] == '<' ? '>' : '<', i);
            end = end < 0 ? html.Length : end;
            if (html[i] == '<')
                Tag(html[(i + 1)..end++], open);
            else if (!open.Contains("rt") && !open.Contains("rp"))
                text.Append(Decoded(html[i..end]));
            i = end;
        }

        Assert.Empty(open);
        return text.ToString();
    }

    private static void Tag(string tag, Stack<string> open)
    {
        if (tag.StartsWith('/'))
        {
            Assert.Equal(open.Pop(), tag[1..]);
            return;
        }

        var name = tag.Split(' ')[0];
        Assert.Contains(name, Allowed);
        Assert.Matches("^[a-z0-9]+( (href|lang|dir|data-page)=\"[^\"<>]*\")*$", tag);
        Assert.DoesNotMatch("href=\"(?!https?:|mailto:)", tag);
        if (name is not ("br" or "hr"))
            open.Push(name);
    }

    private static string Decoded(string text)
    {
        Assert.DoesNotMatch("&(?!amp;|lt;|gt;)", text);
        return text.Replace("&lt;", "<").Replace("&gt;", ">").Replace("&amp;", "&");
    }
}
