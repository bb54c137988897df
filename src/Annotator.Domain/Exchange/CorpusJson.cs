using System.Text.Json;
using Annotator.Domain.Annotations;
using Annotator.Domain.Kernel;
using Annotator.Domain.Passages;
using Annotator.Domain.Sources;

namespace Annotator.Domain.Exchange;

/// <summary>Reads a record of a test corpus: flat keys, languages given, everything shared.</summary>
internal static class CorpusJson
{
    /// <inheritdoc cref="HypothesisJson.Read"/>
    public static AnnotationDraft Read(JsonElement row, ImportOptions options, DateTimeOffset now)
    {
        var created = row.Time("created");
        var draft = new AnnotationDraft
        {
            Id = Guid.Empty,
            Source = new Citation(row.Text("uri"), RecordFields.Title(row.Text("title")), null, row.Text("lang_source")),
            Quote = Quote(row),
            References = RecordFields.References(row),
            Body = row.Text("text") ?? "",
            Language = row.Text("lang_text"),
            Tags = row.Texts("tags"),
            GroupId = RecordFields.Group(row),
            Provenance = new Provenance(RecordFields.Author(row, options), null, created ?? now, created ?? now),
        };
        return draft with { Id = RecordFields.Id(row) ?? RecordFields.IdOf(draft, created) };
    }

    private static Quote? Quote(JsonElement row) =>
        row.Text("quote") is { } exact && !string.IsNullOrWhiteSpace(exact)
            ? new Quote(exact, row.Text("prefix") ?? "", row.Text("suffix") ?? "")
            : null;
}
