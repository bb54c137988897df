using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Annotator.Benchmarks;

/// <summary>The program in a process of its own, so that its processor time and memory are told from those of its clients.</summary>
internal sealed class ServedProgram : IAsyncDisposable
{
    private readonly Process _process;

    private ServedProgram(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    /// <summary>User and system time since its start.</summary>
    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Resident memory in bytes.</summary>
    public long Memory
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <param name="program">Annotator.Web.dll.</param>
    public static async Task<ServedProgram> StartAsync(string program, string connectionString, string dataRoot, CancellationToken ct)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList =
            {
                program,
                "--urls",
                address.ToString(),
                $"--ConnectionStrings:Annotator={connectionString}",
                $"--Annotator:DataRoot={dataRoot}",
                "--Annotator:Demo=false",
                "--Annotator:Limits:Search:Address=1000000",
                "--Annotator:Limits:Search:Newcomer=1000000",
            },
            WorkingDirectory = Path.GetDirectoryName(program)!,
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        var served = new ServedProgram(process, address);
        await served.ReadyAsync(ct);
        return served;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task ReadyAsync(CancellationToken ct)
    {
        using var browser = new Browser(Address.ToString());
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await browser.SkimAsync("/health/ready", null, ct);
                return;
            }
            catch (HttpRequestException) when (attempt < 300 && !_process.HasExited)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), ct);
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
