using System.ComponentModel;
using System.Diagnostics;
using Microsoft.Playwright;

namespace Annotator.BrowserTests.Support;

/// <summary>Finds a Chromium for the tests, or installs one. Never lets a test pass without a browser.</summary>
internal static class Chromium
{
    public const string Variable = "ANNOTATOR_TEST_CHROMIUM";

    private const string Remedy =
        $"The browser tests need Chromium. Install it (Debian and Ubuntu: apt-get install chromium) or name one in the variable {Variable}.";

    private static readonly string[] Places =
    [
        "/usr/bin/chromium",
        "/usr/bin/chromium-browser",
        "/usr/bin/google-chrome",
        "/usr/bin/google-chrome-stable",
        "/usr/bin/microsoft-edge",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
        .. WindowsPlaces("Chromium/Application/chrome.exe"),
        .. WindowsPlaces("Google/Chrome/Application/chrome.exe"),
        .. WindowsPlaces("Microsoft/Edge/Application/msedge.exe"),
    ];

    /// <summary>Path of the program.</summary>
    /// <exception cref="InvalidOperationException">There is none and none could be installed; the message names the remedy.</exception>
    public static async Task<string> FindAsync(IPlaywright playwright)
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
        {
            return File.Exists(named)
                ? named
                : throw new InvalidOperationException($"{Variable} names {named}, which is not there. {Remedy}");
        }
        if (Installed(playwright) is { } found)
            return found;
        var tried = await InstallAsync();
        return Installed(playwright) ?? throw new InvalidOperationException($"{Remedy}\n{tried}");
    }

    private static string? Installed(IPlaywright playwright) =>
        Places.Append(playwright.Chromium.ExecutablePath).FirstOrDefault(File.Exists);

    private static async Task<string> InstallAsync()
    {
        if (OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && File.Exists("/usr/bin/apt-get"))
        {
            var (code, said) = await AptAsync("install", "-y", "chromium");
            if (code != 0)
            {
                // A new machine or container has no list of packages yet.
                await AptAsync("update");
                (code, said) = await AptAsync("install", "-y", "chromium");
            }

            // On Ubuntu the package is an empty one that stands for a snap.
            if (code == 0 && Places.Any(File.Exists))
                return said;
        }

        var status = Microsoft.Playwright.Program.Main(["install", "chromium"]);
        return $"Playwright's own installation ended with status {status}.";
    }

    private static async Task<(int Code, string Said)> AptAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("/usr/bin/apt-get", ["-o", "DPkg::Lock::Timeout=300", "-q", .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["DEBIAN_FRONTEND"] = "noninteractive" },
        };
        try
        {
            using var process = Process.Start(start) ?? throw new Win32Exception("apt-get did not start");
            var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync();
            return (process.ExitCode, string.Concat(said));
        }
        catch (Win32Exception e)
        {
            return (-1, e.Message);
        }
    }

    private static IEnumerable<string> WindowsPlaces(string program) =>
        new[]
        {
            Environment.SpecialFolder.ProgramFiles,
            Environment.SpecialFolder.ProgramFilesX86,
            Environment.SpecialFolder.LocalApplicationData,
        }
            .Select(Environment.GetFolderPath)
            .Where(folder => folder.Length > 0)
            .Select(folder => Path.Combine(folder, program));
}
