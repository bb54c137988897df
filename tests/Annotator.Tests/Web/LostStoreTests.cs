using System.Diagnostics;
using Annotator.EmbeddedPostgres;
using Annotator.Tests.EmbeddedPostgres;

namespace Annotator.Tests.Web;

/// <summary>The program, as a supervisor sees it, when its PostgreSQL cannot be started again.</summary>
public sealed class LostStoreTests
{
    [Fact]
    public async Task Ends_with_a_failure_and_one_line_that_says_why()
    {
        using var programs = await ChangeablePrograms.MakeAsync();
        await using var root = new TemporaryRoot();
        var settings = programs.Of(new EmbeddedPostgresOptions());
        string[] arguments =
        [
            Path.Combine(AppContext.BaseDirectory, "Annotator.Web.dll"), "--urls=http://127.0.0.1:0", "--Annotator:Demo=false",
            $"--Annotator:DataRoot={root.FullPath}", $"--EmbeddedPostgres:BinDirectory={settings.BinDirectory}",
            "--EmbeddedPostgres:Durable=false", "--EmbeddedPostgres:MostTries=2",
        ];
        using var program = Process.Start(new ProcessStartInfo("dotnet", arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = AppContext.BaseDirectory,
        })!;
        try
        {
            var errors = program.StandardError.ReadToEndAsync(Ct);
            while (await program.StandardOutput.ReadLineAsync(Ct) is { } line
                && !line.StartsWith("Annotator is at", StringComparison.Ordinal))
            {
            }

            programs.Refuse("FATAL:  data directory has wrong ownership");
            using (var postmaster = Process.GetProcessById(PostmasterPid.Read(root.Cluster)!.Pid))
                postmaster.Kill();

            await program.WaitForExitAsync(Ct);
            Assert.Equal(1, program.ExitCode);
            var last = (await errors).Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1];
            Assert.Contains("wrong ownership", last, StringComparison.Ordinal);
            Assert.Contains("chown", last, StringComparison.Ordinal);
            Assert.Contains("Annotator:DataRoot", last, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", await errors, StringComparison.Ordinal);
        }
        finally
        {
            if (!program.HasExited)
                program.Kill();
        }
    }
}
