namespace Annotator.Web.Manage.Import;

/// <summary>A file that somebody sent, on the server's disk for as long as it is held.</summary>
internal sealed class UploadedFile : IAsyncDisposable
{
    private readonly FileStream _stream;

    private UploadedFile(string? name, FileStream stream)
    {
        Name = name;
        _stream = stream;
    }

    /// <summary>What it was called where it came from; null for pasted text.</summary>
    public string? Name { get; }

    /// <summary>Bytes that have arrived.</summary>
    public long Length { get; private set; }

    public static UploadedFile Create(string? name)
    {
        var path = Path.Combine(Path.GetTempPath(), $"annotator-{Path.GetRandomFileName()}");
        if (OperatingSystem.IsWindows())
            return new UploadedFile(name, new FileStream(path, Options(FileOptions.Asynchronous | FileOptions.DeleteOnClose)));
        var options = Options(FileOptions.Asynchronous);
        options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var stream = new FileStream(path, options);
        // Without a name, it is gone with the handle, even when the program is killed.
        File.Delete(path);
        return new UploadedFile(name, stream);
    }

    public async Task FillAsync(Stream sent, CancellationToken ct)
    {
        var buffer = new byte[64 * 1024];
        for (int read; (read = await sent.ReadAsync(buffer, ct)) > 0; Length += read)
            await _stream.WriteAsync(buffer.AsMemory(0, read), ct);
    }

    /// <summary>The content from its beginning. Stays open; one reader at a time.</summary>
    public Stream Rewound()
    {
        _stream.Position = 0;
        return _stream;
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private static FileStreamOptions Options(FileOptions options) =>
        new() { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.None, Options = options };
}
