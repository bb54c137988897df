using System.Buffers;
using System.Runtime.CompilerServices;

namespace Annotator.Domain.Exchange;

/// <summary>One line of a file.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Bytes">Without the line end; valid until the next line is read. Empty when too long.</param>
internal readonly record struct Line(long Number, ReadOnlySequence<byte> Bytes, bool IsTooLong);

/// <summary>Cuts a file into lines without holding more than one of them.</summary>
internal static class Lines
{
    /// <summary>Bytes of the longest line, or JSON record, that is read.</summary>
    public const int MaxLength = 16 * 1024 * 1024;

    /// <summary>The lines in order, cut at LF; a CR before it is dropped.</summary>
    public static async IAsyncEnumerable<Line> ReadAsync(Utf8Input input, [EnumeratorCancellation] CancellationToken ct)
    {
        var number = 1L;
        var skipping = false;
        while (true)
        {
            var read = await input.ReadAsync(ct);
            var rest = read.Buffer;
            while (TryCut(ref rest, out var line))
            {
                yield return new Line(number++, skipping ? default : Trimmed(line), skipping);
                skipping = false;
            }

            if (read.IsCompleted)
            {
                if (skipping || !rest.IsEmpty)
                    yield return new Line(number, skipping ? default : Trimmed(rest), skipping);
                input.Take(read.Buffer, read.Buffer.End);
                yield break;
            }

            skipping |= rest.Length > MaxLength;
            input.Take(read.Buffer, skipping ? rest.End : rest.Start);
        }
    }

    private static bool TryCut(ref ReadOnlySequence<byte> rest, out ReadOnlySequence<byte> line)
    {
        line = default;
        if (rest.PositionOf((byte)'\n') is not { } end)
            return false;
        line = rest.Slice(0, end);
        rest = rest.Slice(rest.GetPosition(1, end));
        return true;
    }

    private static ReadOnlySequence<byte> Trimmed(ReadOnlySequence<byte> line) =>
        !line.IsEmpty && line.Slice(line.Length - 1).FirstSpan[0] == (byte)'\r' ? line.Slice(0, line.Length - 1) : line;
}
