using Annotator.EmbeddedPostgres;
using Xunit;

namespace Annotator.Tests.EmbeddedPostgres;

/// <summary>The server's programs, with a <c>pg_ctl</c> that refuses to start a server when it is told so.</summary>
internal sealed class ChangeablePrograms : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "annotator-programs-" + Path.GetRandomFileName());

    /// <summary>Starts that were refused.</summary>
    public int Refused => File.Exists(Refusals) ? File.ReadAllLines(Refusals).Length : 0;

    private string Control => Path.Combine(_folder, "pg_ctl");

    private string Reason => Path.Combine(_folder, "reason");

    private string Refusals => Path.Combine(_folder, "refusals");

    public static async Task<ChangeablePrograms> MakeAsync()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a shell");
        var programs = new ChangeablePrograms();
        var bin = await TemporaryRoot.BinDirectoryAsync();
        Directory.CreateDirectory(programs._folder);
        foreach (var program in (string[])["postgres", "initdb"])
            File.CreateSymbolicLink(Path.Combine(programs._folder, program), Path.Combine(bin, program));
        await File.WriteAllTextAsync(programs.Refusals, "", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            programs.Control,
            $"""
            #!/bin/sh
            if [ "$1" = start ] && [ -e '{programs.Reason}' ]; then
              echo refused >> '{programs.Refusals}'
              cat '{programs.Reason}'
              exit 1
            fi
            exec '{bin}/pg_ctl' "$@"

            """,
            TestContext.Current.CancellationToken);
        // The server's user may be another one than the user of the tests.
        const UnixFileMode all = (UnixFileMode)0b111_111_111;
        if (!OperatingSystem.IsWindows())
        {
            foreach (var path in (string[])[programs._folder, programs.Control, programs.Refusals])
                File.SetUnixFileMode(path, all);
        }
        return programs;
    }

    public EmbeddedPostgresOptions Of(EmbeddedPostgresOptions options) => options with
    {
        BinDirectory = _folder, LongestPause = TimeSpan.FromMilliseconds(100), DataRootSetting = "Its:Setting",
    };

    /// <param name="reason">What pg_ctl prints.</param>
    public void Refuse(string reason) => File.WriteAllText(Reason, reason + "\n");

    public void Mend() => File.Delete(Reason);

    public void Remove() => File.Delete(Control);

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
