using Annotator.Web.Hosting;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Annotator.Web.Features.Sources;

/// <summary>
/// Where other programs bring what somebody reads (the <c>share_target</c> of the manifest, the bookmark of the page <c>/install</c>):
/// leads to the form for a new source, filled in.
/// </summary>
internal static class AddEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/add", Filled).WithMetadata(new NeedsNoDatabase());

    private static RedirectHttpResult Filled(string? url, string? title, string? text)
    {
        var (words, address) = Parted(text?.Trim() ?? "", url?.Trim() ?? "");
        // Some programs repeat the title where no words are selected.
        var quote = string.Equals(words, title?.Trim(), StringComparison.Ordinal) ? "" : words;
        (string Name, string Value)[] fields = [("url", address), ("title", title?.Trim() ?? ""), ("text", quote)];
        var query = new QueryBuilder(fields.Where(f => f.Value.Length > 0).Select(f => KeyValuePair.Create(f.Name, f.Value)));
        return TypedResults.LocalRedirect($"/sources/new{query}");
    }

    // Telephones share an address as the end of the text, after the selected words in quotation marks.
    private static (string Words, string Address) Parted(string text, string address)
    {
        var last = text[(text.LastIndexOfAny([' ', '\n', '\t']) + 1)..];
        if (address.Length > 0 || !Uri.TryCreate(last, UriKind.Absolute, out var found) || !(found.Scheme is "http" or "https"))
            return (text, address);
        var words = text[..^last.Length].Trim();
        var isQuoted = words.Length > 1 && words[0] is '"' or '“' && words[^1] is '"' or '”';
        return (isQuoted ? words[1..^1] : words, last);
    }
}
