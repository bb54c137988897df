namespace Annotator.Reliability.Faults;

/// <summary>A small file system of its own, which can be filled and emptied.</summary>
internal sealed class FullDisk : IAsyncDisposable
{
    private const int Megabytes = 256;
    private readonly string _folder = Directory.CreateTempSubdirectory("annotator-disk-").FullName;

    /// <summary>A folder on it.</summary>
    public string Data => Path.Combine(_folder, "data");

    private string Ballast => Path.Combine(_folder, "ballast");

    /// <returns>Null and the reason when no file system can be mounted here.</returns>
    public static async Task<(FullDisk? Disk, string Reason)> MountAsync()
    {
        if (!OperatingSystem.IsLinux())
            return (null, "only on Linux");
        var disk = new FullDisk();
        var (code, output) = await ProgramProcess.RunAsync(
            "sh", ["-c", FormattableString.Invariant($"mount -t tmpfs -o size={Megabytes}m,mode=0755 tmpfs '{disk._folder}'")], "/");
        if (code == 0)
            return (disk, "");
        Directory.Delete(disk._folder);
        return (null, output);
    }

    /// <summary>Writes a file until nothing more goes onto the disk.</summary>
    public async Task FillAsync()
    {
        var block = new byte[64 * 1024];
        // The last file takes what is left in single bytes.
        foreach (var size in (int[])[block.Length, 1024, 1])
        {
            await using var file = new FileStream(Ballast + size, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
            try
            {
                while (true)
                    await file.WriteAsync(block.AsMemory(0, size), Ct);
            }
            catch (IOException)
            {
                // It is full.
            }
        }
    }

    public void Empty()
    {
        foreach (var file in Directory.EnumerateFiles(_folder, "ballast*").ToList())
            File.Delete(file);
    }

    public async ValueTask DisposeAsync()
    {
        await ProgramProcess.RunAsync("sh", ["-c", $"umount '{_folder}' || umount -l '{_folder}'"], "/");
        Directory.Delete(_folder);
    }
}
