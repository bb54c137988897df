using System.Buffers;
using System.IO.Pipelines;
using System.Text;

namespace Annotator.Domain.Exchange;

/// <summary>The bytes of a file as UTF-8, without its byte order mark; UTF-16 files with a mark are converted.</summary>
internal sealed class Utf8Input : IAsyncDisposable
{
    /// <summary>Bytes from which the format is recognised.</summary>
    public const int OpeningLength = 64 * 1024;

    private const int BufferSize = 256 * 1024;

    private readonly PipeReader _pipe;

    private Utf8Input(PipeReader pipe) => _pipe = pipe;

    /// <summary>Bytes taken so far.</summary>
    public long Position { get; private set; }

    /// <param name="input">Stays open; its owner closes it.</param>
    public static async Task<Utf8Input> OpenAsync(Stream input, CancellationToken ct)
    {
        var utf8 = new Utf8Input(PipeOver(input));
        var (start, _) = await utf8.OpeningAsync(ct);
        if (start.AsSpan().StartsWith(Encoding.UTF8.Preamble))
            await utf8.SkipAsync(Encoding.UTF8.Preamble.Length, ct);
        foreach (var encoding in (Encoding[])[Encoding.Unicode, Encoding.BigEndianUnicode])
        {
            if (!start.AsSpan().StartsWith(encoding.Preamble))
                continue;
            await utf8.SkipAsync(encoding.Preamble.Length, ct);
            return new Utf8Input(PipeOver(Encoding.CreateTranscodingStream(utf8._pipe.AsStream(), encoding, Encoding.UTF8)));
        }

        return utf8;
    }

    /// <summary>The first bytes, not yet taken; <c>IsAll</c> when there are no more.</summary>
    public async Task<(byte[] Bytes, bool IsAll)> OpeningAsync(CancellationToken ct)
    {
        var read = await _pipe.ReadAtLeastAsync(OpeningLength, ct);
        var opening = read.Buffer.Slice(0, Math.Min(OpeningLength, read.Buffer.Length)).ToArray();
        var isAll = read.IsCompleted && read.Buffer.Length <= OpeningLength;
        _pipe.AdvanceTo(read.Buffer.Start);
        return (opening, isAll);
    }

    /// <summary>The bytes that were not taken yet, and more of the file; see <see cref="PipeReader.ReadAsync"/>.</summary>
    public ValueTask<ReadResult> ReadAsync(CancellationToken ct) => _pipe.ReadAsync(ct);

    /// <summary>Takes the bytes before <paramref name="consumed"/>; the rest comes again together with more.</summary>
    public void Take(ReadOnlySequence<byte> buffer, SequencePosition consumed)
    {
        Position += buffer.Slice(0, consumed).Length;
        _pipe.AdvanceTo(consumed, buffer.End);
    }

    public ValueTask DisposeAsync() => _pipe.CompleteAsync();

    private async Task SkipAsync(int count, CancellationToken ct)
    {
        var read = await _pipe.ReadAtLeastAsync(count, ct);
        _pipe.AdvanceTo(read.Buffer.GetPosition(count));
    }

    private static PipeReader PipeOver(Stream stream) =>
        PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: BufferSize, leaveOpen: true));
}
