using Annotator.Domain.Search;

namespace Annotator.Benchmarks.Search.Rivals;

/// <summary>Tags and languages as words beside the text; a colon keeps them apart from it.</summary>
internal static class Labels
{
    /// <summary>The tags, and the language with all that it is part of: <c>zh-Hant</c> is <c>zh</c> too.</summary>
    public static IEnumerable<string> Of(CorpusRecord record)
    {
        var language = (record.LangText.Length > 0 ? record.LangText : record.LangSource).ToLowerInvariant();
        var ends = Enumerable.Range(1, language.Length).Where(i => i == language.Length || language[i] == '-');
        return record.Tags.Select(t => $"t:{ProgramSearch.FoldedTag(t)}").Concat(ends.Select(end => $"l:{language[..end]}"));
    }

    /// <returns>Null for a filter by something else.</returns>
    public static string? Of(SearchFilter filter) => filter.Field switch
    {
        SearchField.Tag => $"t:{ProgramSearch.FoldedTag(filter.Value)}",
        SearchField.Lang => $"l:{filter.Value.ToLowerInvariant()}",
        _ => null,
    };
}
