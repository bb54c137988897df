namespace Annotator.Benchmarks.Search;

/// <summary>The bytes of a file from one offset to another, read once from front to end.</summary>
internal sealed class FileSlice : Stream
{
    private readonly FileStream _file;
    private readonly long _start;
    private readonly long _end;

    public FileSlice(FileInfo file, long start, long end)
    {
        _file = file.OpenRead();
        _file.Position = _start = start;
        _end = end;
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => _end - _start;

    public override long Position { get => _file.Position - _start; set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => _file.Read(buffer, offset, Readable(count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _file.ReadAsync(buffer[..Readable(buffer.Length)], cancellationToken);

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _file.Dispose();
        base.Dispose(disposing);
    }

    private int Readable(int count) => (int)Math.Min(count, _end - _file.Position);
}
