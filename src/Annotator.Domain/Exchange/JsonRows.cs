using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Annotator.Domain.Exchange;

/// <summary>One record inside a JSON document, or the place where the document breaks off.</summary>
/// <param name="Number">Its place among the records, from 1.</param>
/// <param name="Json">Valid until the next row is read.</param>
/// <param name="Fault">Why nothing more can be read; null for a record.</param>
internal readonly record struct JsonRow(long Number, ReadOnlySequence<byte> Json, string? Fault);

/// <summary>
/// Cuts the records out of one JSON document, whatever its size: the elements of an array, of the lists <c>rows</c>,
/// <c>replies</c> and <c>annotations</c> of an object, or values that follow each other.
/// </summary>
internal sealed class JsonRows(Utf8Input input, bool areLoose)
{
    private const int DepthOfNone = int.MaxValue;

    private readonly List<ReadOnlySequence<byte>> _found = [];
    private JsonReaderState _state = new(new JsonReaderOptions { AllowMultipleValues = areLoose, MaxDepth = 256 });
    private int _rowDepth = areLoose ? 0 : DepthOfNone;
    private bool _listFollows;
    private bool _hasLists = areLoose;

    /// <summary>The records in their order. Where nothing more can be read, the last row says why.</summary>
    public async IAsyncEnumerable<JsonRow> ReadAsync([EnumeratorCancellation] CancellationToken ct)
    {
        for (var number = 1L; ;)
        {
            var read = await input.ReadAsync(ct);
            var (consumed, fault) = Scan(read.Buffer, read.IsCompleted);
            foreach (var row in _found)
                yield return new JsonRow(number++, row, null);
            _found.Clear();
            if (fault is null && read.Buffer.Length - consumed > Lines.MaxLength)
                fault = $"a record of more than {Lines.MaxLength / 1024 / 1024} MiB";
            if (fault is null && read.IsCompleted && !_hasLists)
                fault = "no list of annotations in the document";
            input.Take(read.Buffer, read.Buffer.GetPosition(consumed));
            if (fault is not null)
                yield return new JsonRow(number, default, $"{fault}; nothing after this place was read");
            if (fault is not null || read.IsCompleted)
                yield break;
        }
    }

    private (long Consumed, string? Fault) Scan(ReadOnlySequence<byte> buffer, bool isAll)
    {
        var reader = new Utf8JsonReader(buffer, isAll, _state);
        var consumed = 0L;
        try
        {
            while (Advance(ref reader, buffer))
            {
                consumed = reader.BytesConsumed;
                _state = reader.CurrentState;
            }

            return (consumed, null);
        }
        catch (JsonException e)
        {
            return (consumed, $"the JSON breaks off at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}");
        }
    }

    // False when the next token, or the next whole record, is not in the buffer yet.
    private bool Advance(ref Utf8JsonReader reader, ReadOnlySequence<byte> buffer)
    {
        if (!reader.Read())
            return false;
        if (reader.TokenType == JsonTokenType.EndArray && reader.CurrentDepth == _rowDepth - 1)
        {
            _rowDepth = DepthOfNone;
        }
        else if (reader.CurrentDepth == _rowDepth)
        {
            var start = reader.TokenStartIndex;
            if (!reader.TrySkip())
                return false;
            _found.Add(buffer.Slice(start, reader.BytesConsumed - start));
        }
        else if (reader.TokenType == JsonTokenType.StartArray && (_listFollows || reader.CurrentDepth == 0))
        {
            _rowDepth = reader.CurrentDepth + 1;
            _hasLists = true;
        }

        _listFollows = reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1 && IsList(ref reader);
        return true;
    }

    private static bool IsList(ref Utf8JsonReader name) =>
        name.ValueTextEquals("rows") || name.ValueTextEquals("replies") || name.ValueTextEquals("annotations");
}
