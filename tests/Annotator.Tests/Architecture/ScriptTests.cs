using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Annotator.Web.Features.Sources;

namespace Annotator.Tests.Architecture;

/// <summary>The scripts of the pages: types, habits, and who imports whom. tests/scripts has the tools, which need Node.js.</summary>
public sealed partial class ScriptTests
{
    private static readonly string Tools = Path.Combine(SourceTree.Home, "tests", "scripts");
    private static readonly Version OldestNode = new(20, 19);
    private static readonly Lazy<Task<string?>> Missing = new(InstallAsync);

    [Fact]
    public async Task Scripts_have_the_right_types() => await AssertQuietAsync("types");

    [Fact]
    public async Task Scripts_have_good_habits() => await AssertQuietAsync("lint");

    [Fact]
    public async Task Wrong_types_are_caught()
    {
        var run = await NpmAsync("guilty-types");
        Assert.Equal(["3", "4", "5", "6", "6"], TypeError.Matches(run.Output).Select(m => m.Groups["line"].Value));
    }

    [Fact]
    public async Task Bad_habits_are_caught()
    {
        var run = await NpmAsync("guilty");
        Assert.Equal(["2", "3", "4", "5", "6"], LintError.Matches(run.Output).Select(m => m.Groups["line"].Value));
    }

    [Fact]
    public void Every_script_says_that_its_types_are_checked()
    {
        var scripts = Scripts();
        Assert.True(scripts.Count > 20, $"{scripts.Count} scripts");
        Assert.Empty(scripts.Where(s => !s.Value.StartsWith("// @ts-check\n", StringComparison.Ordinal)).Select(s => s.Key));
    }

    [Fact]
    public void No_module_imports_itself_by_way_of_others() => Assert.Empty(Circles(Scripts()));

    [Fact]
    public void Circles_of_modules_are_caught()
    {
        var scripts = new Dictionary<string, string>
        {
            ["a.js"] = "import { b } from './in/b.js';",
            ["in/b.js"] = "import * as c from './c.js';\nimport '../alone.js';",
            ["in/c.js"] = "export { a } from '../a.js';",
            ["alone.js"] = "",
        };
        Assert.Equal(["a.js", "in/b.js", "in/c.js"], Circles(scripts).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_reader_names_its_modules_before_they_import_each_other() =>
        Assert.Equal(
            Reached("reader/page.js", Scripts()).Append("reader/page.js").Order(StringComparer.Ordinal),
            ReaderModules.Names.Order(StringComparer.Ordinal));

    /// <summary>Texts of the scripts by their address on the site.</summary>
    private static Dictionary<string, string> Scripts()
    {
        var web = Path.Combine(SourceTree.Home, "src", "Annotator.Web");
        return Directory.EnumerateFiles(web, "*.js", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(web, file).Replace('\\', '/'))
            .Where(file => !file.StartsWith("bin/", StringComparison.Ordinal) && !file.StartsWith("obj/", StringComparison.Ordinal))
            .ToDictionary(
                file => file.StartsWith("wwwroot/", StringComparison.Ordinal) ? file["wwwroot/".Length..] : file,
                file => File.ReadAllText(Path.Combine(web, file)).ReplaceLineEndings("\n"),
                StringComparer.Ordinal);
    }

    private static IEnumerable<string> Circles(Dictionary<string, string> scripts) =>
        scripts.Keys.Where(name => Reached(name, scripts).Contains(name));

    /// <summary>What a module imports, and what that imports.</summary>
    private static HashSet<string> Reached(string from, Dictionary<string, string> scripts)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([from]);
        while (open.TryPop(out var name))
        {
            foreach (Match import in Import.Matches(scripts[name]))
            {
                if (new Uri(new Uri($"http://site/{name}"), import.Groups["path"].Value).AbsolutePath[1..] is var imported
                    && reached.Add(imported))
                {
                    open.Push(imported);
                }
            }
        }
        return reached;
    }

    private static async Task AssertQuietAsync(string script)
    {
        var run = await NpmAsync(script);
        Assert.True(run.ExitCode == 0, run.Output);
    }

    private static async Task<(int ExitCode, string Output)> NpmAsync(string script)
    {
        if (await Missing.Value is { } reason)
            Assert.Skip(reason);
        return await RunAsync(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", "run", "--silent", script);
    }

    /// <summary>Installs the tools that the lock file names. Answers with what is missing on this machine, or null.</summary>
    private static async Task<string?> InstallAsync()
    {
        if (await NodeAsync() is not { } node || node < OldestNode)
            return $"Checking the scripts needs Node.js {OldestNode} or later with npm. Everything else is tested without it.";
        var installed = Path.Combine(Tools, "node_modules", ".package-lock.json");
        if (File.GetLastWriteTimeUtc(installed) >= File.GetLastWriteTimeUtc(Path.Combine(Tools, "package-lock.json")))
            return null;
        var run = await RunAsync(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", "ci");
        return run.ExitCode == 0 ? null : throw new InvalidOperationException(run.Output);
    }

    private static async Task<Version?> NodeAsync()
    {
        try
        {
            var (code, said) = await RunAsync("node", "--version");
            return code == 0 && Version.TryParse(said.Trim().TrimStart('v'), out var version) ? version : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(
            program, arguments)
            {
                UseShellExecute = false, WorkingDirectory = Tools, RedirectStandardOutput = true, RedirectStandardError = true,
            };
        using var process = Process.Start(start) ?? throw new Win32Exception($"{program} did not start.");
        var output = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(Ct), process.StandardError.ReadToEndAsync(Ct));
        await process.WaitForExitAsync(Ct);
        return (process.ExitCode, string.Concat(output));
    }

    [GeneratedRegex(
        @"^(import|export)\b[^;']*'(?<path>\.[^']+)';",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Import { get; }

    [GeneratedRegex(@"types\.js\((?<line>\d+),", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TypeError { get; }

    [GeneratedRegex(@"^\s+(?<line>\d+):\d+\s+error", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LintError { get; }
}
