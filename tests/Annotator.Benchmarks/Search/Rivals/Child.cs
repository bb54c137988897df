using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Annotator.Benchmarks.Search.Rivals;

/// <summary>A program of the machine that is fed lines and answers with lines (UTF-8). It ends with its input.</summary>
internal sealed class Child : IAsyncDisposable
{
    private readonly Process _process;

    private Child(Process process) => _process = process;

    public StreamWriter Input => _process.StandardInput;

    /// <returns>Null where there is no such program.</returns>
    public static Child? Start(string program, IEnumerable<string> arguments, IEnumerable<(string Name, string? Value)> environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            StandardOutputEncoding = Encoding.UTF8,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        try
        {
            return Process.Start(start) is { } process ? new Child(process) : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    /// <summary>The next line of the answer to a line.</summary>
    /// <exception cref="IOException">The program has ended.</exception>
    public async Task<string> AskAsync(string line, CancellationToken ct)
    {
        await Input.WriteLineAsync(line.AsMemory(), ct);
        await Input.FlushAsync(ct);
        return await _process.StandardOutput.ReadLineAsync(ct)
            ?? throw new IOException($"{_process.StartInfo.FileName} has ended instead of answering.");
    }

    public async ValueTask DisposeAsync()
    {
        Input.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
