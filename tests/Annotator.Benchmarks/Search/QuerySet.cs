using System.Text.Json;
using Annotator.Domain.Search;

namespace Annotator.Benchmarks.Search;

/// <summary>A query and the rules of its right answer.</summary>
/// <param name="Class">What it is an example of, as <c>cjk-2</c>.</param>
/// <param name="Query">As the program reads it, with the filters.</param>
/// <param name="Must">The rule of the rows that must be found.</param>
/// <param name="May">The rule of the rows that may be found besides; null for none.</param>
internal sealed record SearchCase(string Id, string Class, SearchQuery Query, JsonElement Must, JsonElement? May)
{
    /// <param name="name">A class; null for any.</param>
    public bool IsOf(string? name) => name is null || string.Equals(Class, name, StringComparison.Ordinal);
}

/// <summary>The queries of a file: <c>{ "queries": [{ "id", "class", "q", "filters": {}, "must": {}, "may": {} }] }</c>.</summary>
/// <param name="Simplified">Beside the file: lines of a traditional character and its simplified one.</param>
/// <param name="All">Every query of the file.</param>
/// <param name="Asked">Those to be asked.</param>
internal sealed record QuerySet(FileInfo File, FileInfo Simplified, IReadOnlyList<SearchCase> All, IReadOnlyList<SearchCase> Asked)
{
    /// <param name="only">The class to ask; null for all.</param>
    /// <exception cref="ArgumentException">There is no such class.</exception>
    public static async Task<QuerySet> ReadAsync(FileInfo file, string? only, CancellationToken ct)
    {
        await using var stream = file.OpenRead();
        using var document = await JsonDocument.ParseAsync(stream, cancellationToken: ct);
        var all = document.RootElement.GetProperty("queries").EnumerateArray().Select(CaseOf).ToList();
        var asked = all.FindAll(c => c.IsOf(only));
        return asked.Count == 0
            ? throw new ArgumentException($"{file.FullName} has no queries of the class {only}.", nameof(only))
            : new QuerySet(file, new FileInfo(Path.Combine(file.DirectoryName!, "t2s.txt")), all, asked);
    }

    private static SearchCase CaseOf(JsonElement query)
    {
        var text = query.GetProperty("q").GetString()
            + string.Concat(query.GetProperty("filters").EnumerateObject().Select(f => $" {f.Name}:\"{f.Value.GetString()}\""));
        return new SearchCase(
            query.GetProperty("id").GetString()!,
            query.GetProperty("class").GetString()!,
            SearchQuery.Parse(text),
            query.GetProperty("must").Clone(),
            query.TryGetProperty("may", out var may) ? may.Clone() : null);
    }
}
