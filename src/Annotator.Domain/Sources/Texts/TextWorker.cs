using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Annotator.Domain.Kernel;

namespace Annotator.Domain.Sources.Texts;

/// <summary>
/// A process that reads one document and ends. It gets no settings, no database and no secrets. Documents are written by strangers:
/// what takes too much time or memory, or crashes, takes the process with it and not the program.
/// </summary>
internal sealed class TextWorker : IDisposable
{
    /// <summary>Longest answer in bytes: markup and text of the longest snapshot, three bytes a character.</summary>
    private const int LongestAnswer = 64 * Limits.Megabyte;

    /// <summary>Resident memory of a .NET process besides its managed heap.</summary>
    private const long Unmanaged = 256L * Limits.Megabyte;

    private const int ExitBySignal = 128;
    private const int Abort = 6;
    private const int ProcessorTimeIsUp = 24;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);

    private readonly TextWorkerOptions _options;
    private readonly Process _process;

    private TextWorker(TextWorkerOptions options, Process process) => (_options, _process) = (options, process);

    public bool IsAlive => !_process.HasExited;

    /// <summary>Starts a process, which waits for its document.</summary>
    /// <exception cref="Win32Exception">The program cannot be started.</exception>
    public static TextWorker Start(TextWorkerOptions options)
    {
        var limits = new[] { "--seconds", Text(options.Seconds), "--megabytes", Text(options.Megabytes) };
        var start = new ProcessStartInfo(
            options.Program[0], [.. options.Program.Skip(1), "text", "read", "-", "--json", "--header", .. limits])
        {
            WorkingDirectory = AppContext.BaseDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var name in start.Environment.Keys.Where(name => !IsKept(name)).ToList())
            start.Environment.Remove(name);
        start.Environment["DOTNET_GCHeapHardLimit"] = (options.Megabytes * (long)Limits.Megabyte).ToString(
            "x", CultureInfo.InvariantCulture);
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_gcConcurrent"] = "0";
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        // With it the runtime maps its code from a file, which the limit of file sizes forbids.
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        return new TextWorker(options, Process.Start(start) ?? throw new Win32Exception($"{options.Program[0]} does not start."));
    }

    /// <exception cref="Invalid">The document cannot be read, or not within the limits: field <c>file</c>.</exception>
    public async Task<ExtractedText> ReadAsync(Stream content, DocumentInfo about, CancellationToken ct)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var watch = WatchAsync(end);
        var answer = ReceiveAsync(_process.StandardOutput.BaseStream, LongestAnswer);
        var errors = ReceiveAsync(_process.StandardError.BaseStream, 1_000);
        try
        {
            await SendAsync(content, about, end.Token);
            // Its end is awaited first: what it says may be long, and both end together.
            await Task.WhenAll(answer, errors).WaitAsync(end.Token);
            await _process.WaitForExitAsync(end.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw await watch ?? new Invalid("file", "unreadable");
        }
        finally
        {
            Kill();
            await end.CancelAsync();
        }

        return Answered(await answer, Encoding.UTF8.GetString(await errors));
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }

    private async Task SendAsync(Stream content, DocumentInfo about, CancellationToken ct)
    {
        await using var input = _process.StandardInput.BaseStream;
        byte[] header = [.. JsonSerializer.SerializeToUtf8Bytes(about, TextJson.Compact.DocumentInfo), (byte)'\n'];
        var isTaken = await TryWriteAsync(input, header, ct);
        var (buffer, length) = (new byte[64 * 1024], 0);
        for (int read; isTaken && (read = await content.ReadAsync(buffer, ct)) > 0;)
        {
            length += read;
            if (length > TextWorkerOptions.LargestFile)
                throw new Invalid("file", "file_too_large", TextWorkerOptions.LargestFile / Limits.Megabyte);
            isTaken = await TryWriteAsync(input, buffer.AsMemory(0, read), ct);
        }
    }

    /// <returns>False when the process has ended before it has read all; its exit code says why.</returns>
    private static async Task<bool> TryWriteAsync(Stream input, ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        try
        {
            await input.WriteAsync(bytes, ct);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    // Reads to the end and keeps the beginning: a process that cannot write waits for ever.
    private static async Task<byte[]> ReceiveAsync(Stream output, int most)
    {
        using var kept = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (int read; (read = await output.ReadAsync(buffer, CancellationToken.None)) > 0;)
            kept.Write(buffer, 0, (int)Math.Min(read, most - kept.Length));
        return kept.ToArray();
    }

    /// <summary>Stops everything once the process takes more than it may.</summary>
    /// <returns>What was too much; null when the process ended before.</returns>
    private async Task<Invalid?> WatchAsync(CancellationTokenSource end)
    {
        var started = Stopwatch.GetTimestamp();
        while (!end.IsCancellationRequested)
        {
            try
            {
                _process.Refresh();
                var taken = _process.TotalProcessorTime;
                if (taken > TimeSpan.FromSeconds(_options.Seconds + 1)
                    || Stopwatch.GetElapsedTime(started) > 3 * TimeSpan.FromSeconds(_options.Seconds))
                {
                    return await StopAsync("too_slow_to_read", _options.Seconds);
                }
                if (_process.WorkingSet64 > _options.Megabytes * (long)Limits.Megabyte + Unmanaged)
                    return await StopAsync("too_much_memory", _options.Megabytes);
            }
            catch (Exception e) when (e is InvalidOperationException or Win32Exception or NotSupportedException)
            {
                return null;
            }

            await Task.Delay(BetweenLooks, CancellationToken.None);
        }

        return null;

        async Task<Invalid> StopAsync(string reason, int limit)
        {
            Kill();
            await end.CancelAsync();
            return new Invalid("file", reason, limit);
        }
    }

    private ExtractedText Answered(byte[] answer, string errors)
    {
        switch (_process.ExitCode)
        {
            case 0 when answer.Length < LongestAnswer:
                return JsonSerializer.Deserialize(answer, TextJson.Compact.ExtractedText) ?? throw new Invalid("file", "unreadable");
            case ReadingRefusal.ExitCode:
                throw (JsonSerializer.Deserialize(answer, TextJson.Compact.ReadingRefusal)
                    ?? new ReadingRefusal("file", "unreadable", null)).ToInvalid();
            case ExitBySignal + ProcessorTimeIsUp:
                throw new Invalid("file", "too_slow_to_read", _options.Seconds);
            case ExitBySignal + Abort when errors.Contains("memory", StringComparison.OrdinalIgnoreCase):
                throw new Invalid("file", "too_much_memory", _options.Megabytes);
            case > ExitBySignal or < 0 or 0:
                // A crash, as of a stack that a deeply nested document overflows.
                throw new Invalid("file", "unreadable");
            default:
                throw new InvalidOperationException($"The process that reads texts ended with {_process.ExitCode}: {errors}");
        }
    }

    private void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            // It has ended already.
        }
    }

    private static bool IsKept(string name) =>
        name is "PATH" or "HOME" or "SystemRoot" or "TEMP" or "TMP" || name.StartsWith("DOTNET_", StringComparison.Ordinal);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
