using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Annotator.Domain.Annotations;
using Annotator.Domain.Kernel;

namespace Annotator.Domain.Exchange;

/// <summary>Turns pieces of JSON into records; a piece that is no annotation is refused and the next one read.</summary>
internal sealed class JsonRecords(Func<JsonElement, AnnotationDraft> read)
{
    /// <summary>The records of a file with one JSON object a line; blank lines are skipped.</summary>
    public async IAsyncEnumerable<ImportRecord> OfLinesAsync(Utf8Input input, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var line in Lines.ReadAsync(input, ct))
        {
            if (line.IsTooLong)
                yield return ImportRecord.Refused(line.Number, $"a line of more than {Lines.MaxLength / 1024 / 1024} MiB");
            else if (!IsBlank(line.Bytes))
                yield return Record(line.Number, line.Bytes);
        }
    }

    /// <param name="areLoose">The records stand one after the other, not in a list.</param>
    public async IAsyncEnumerable<ImportRecord> OfDocumentAsync(
        Utf8Input input, bool areLoose, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var row in new JsonRows(input, areLoose).ReadAsync(ct))
            yield return row.Fault is { } fault ? ImportRecord.Refused(row.Number, fault) : Record(row.Number, row.Json);
    }

    private ImportRecord Record(long number, ReadOnlySequence<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? ImportRecord.Of(number, read(document.RootElement), json.Length)
                : ImportRecord.Refused(number, "not a JSON object", json.Length);
        }
        catch (JsonException e)
        {
            return ImportRecord.Refused(number, $"broken JSON at byte {e.BytePositionInLine + 1}", json.Length);
        }
        catch (Refusal refusal)
        {
            return ImportRecord.Refused(number, refusal.Message, json.Length);
        }
        catch (InvalidOperationException)
        {
            // What JsonElement throws for texts that UTF-16 cannot hold.
            return ImportRecord.Refused(number, "broken UTF-8 or half a surrogate pair", json.Length);
        }
    }

    private static bool IsBlank(ReadOnlySequence<byte> line)
    {
        foreach (var part in line)
        {
            if (part.Span.ContainsAnyExcept(" \t\r\n"u8))
                return false;
        }

        return true;
    }
}
