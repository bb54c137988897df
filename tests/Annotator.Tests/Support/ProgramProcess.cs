using System.Collections.Concurrent;
using System.Diagnostics;

namespace Annotator.Tests.Support;

/// <summary>A program in a process of its own, whose output is read all the time, so that a full pipe never stops it.</summary>
internal sealed class ProgramProcess : IAsyncDisposable
{
    private const int KeptLines = 200;

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _read;
    private long _characters;

    private ProgramProcess(Process process)
    {
        _process = process;
        _read = ReadAsync();
    }

    public int Id => _process.Id;

    public bool HasEnded => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    /// <summary>Number of characters that it has printed.</summary>
    public long Printed => Interlocked.Read(ref _characters);

    /// <summary>The last lines that it has printed.</summary>
    public string Output => string.Join('\n', _lines);

    public static ProgramProcess Start(string program, IEnumerable<string> arguments, string folder)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false, WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        return new ProgramProcess(Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start."));
    }

    /// <summary>Runs a program to its end; a cancelled one is killed.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(string program, IEnumerable<string> arguments, string folder)
    {
        await using var process = Start(program, arguments, folder);
        await process.EndedAsync();
        return (process.ExitCode, process.Output);
    }

    /// <summary>Where the program listens, once it has said so.</summary>
    public Task<Uri> AddressAsync() => _address.Task.WaitAsync(Ct);

    /// <summary>Waits until the process has ended and all that it printed is read.</summary>
    public async Task EndedAsync()
    {
        await _process.WaitForExitAsync(Ct);
        await _read.WaitAsync(Ct);
    }

    /// <summary>Ends it at once, as kill -9.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
    }

    private async Task ReadAsync()
    {
        await Task.WhenAll(ReadAsync(_process.StandardOutput), ReadAsync(_process.StandardError));
        _address.TrySetException(new InvalidOperationException($"The program ended before it listened:\n{Output}"));
    }

    private async Task ReadAsync(StreamReader output)
    {
        const string says = "Annotator is at ";
        while (await output.ReadLineAsync() is { } line)
        {
            Interlocked.Add(ref _characters, line.Length + 1);
            _lines.Enqueue(line);
            if (_lines.Count > KeptLines)
                _lines.TryDequeue(out _);
            if (line.StartsWith(says, StringComparison.Ordinal))
                _address.TrySetResult(new Uri(line[says.Length..].Split(';')[0].Split(' ')[0]));
        }
    }
}
