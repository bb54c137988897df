using System.Diagnostics;
using System.Text;

namespace Annotator.EmbeddedPostgres;

/// <summary>A program that ran to its end, with what it printed on both streams.</summary>
internal sealed record ProgramRun(int ExitCode, string Output)
{
    private const int KeptCharacters = 64 * 1024;

    /// <param name="wholeTree">Whether a run that is cut short takes its child processes with it.</param>
    /// <exception cref="EmbeddedPostgresException">The limit was met; the program was ended.</exception>
    /// <exception cref="System.ComponentModel.Win32Exception">The program could not be started.</exception>
    public static async Task<ProgramRun> ToEndAsync(ProcessStartInfo start, TimeSpan limit, bool wholeTree, CancellationToken ct)
    {
        start.UseShellExecute = false;
        start.CreateNoWindow = true;
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        using var process = new Process { StartInfo = start };
        process.Start();
        process.StandardInput.Close();

        var output = new StringBuilder();
        var reading = Task.WhenAll(CollectAsync(process.StandardOutput, output), CollectAsync(process.StandardError, output));
        using var cut = CancellationTokenSource.CreateLinkedTokenSource(ct);
        cut.CancelAfter(limit);
        try
        {
            await process.WaitForExitAsync(cut.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(wholeTree);
            ct.ThrowIfCancellationRequested();
            throw new EmbeddedPostgresException(
                $"{Path.GetFileName(start.FileName)} did not end within {limit.TotalSeconds:0} s and was ended. "
                + $"It printed: {Printed(output)}");
        }

        // On Windows a server started by pg_ctl inherits the pipes and keeps them open, so their end is not waited for.
        await Task.WhenAny(reading, Task.Delay(TimeSpan.FromSeconds(1), ct));
        return new ProgramRun(process.ExitCode, Printed(output));
    }

    private static async Task CollectAsync(StreamReader stream, StringBuilder output)
    {
        var buffer = new char[4096];
        try
        {
            for (int read; (read = await stream.ReadAsync(buffer)) > 0;)
            {
                lock (output)
                    output.Append(buffer, 0, Math.Min(read, KeptCharacters - output.Length));
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The process is gone and its streams with it; what was read so far is the output.
        }
    }

    private static string Printed(StringBuilder output)
    {
        lock (output)
            return output.ToString().Trim();
    }
}
