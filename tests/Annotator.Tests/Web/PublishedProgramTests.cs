using System.Net.Sockets;
using System.Reflection;
using System.Text;
using Annotator.Tests.Architecture;

namespace Annotator.Tests.Web;

/// <summary>The published program beside a PostgreSQL that somebody else runs, as in a container.</summary>
public sealed class PublishedProgramTests : IAsyncLifetime
{
    private static readonly string Configuration =
        typeof(PublishedProgramTests).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"annotator-published-{Guid.CreateVersion7():N}");
    private TestDatabase? _database;

    public async ValueTask InitializeAsync() => _database = await TestDatabase.CreateAsync();

    public async ValueTask DisposeAsync()
    {
        await _database!.DropAsync();
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Migrates_and_serves_on_a_connection_string_and_starts_no_server_of_its_own()
    {
        var project = Path.Combine(SourceTree.Home, "src", "Annotator.Web");
        // What was built for these tests: compiling it once more would take a quarter of the time of all of them.
        var published = await ProgramProcess.RunAsync(
            "dotnet",
            ["publish", project, "-c", Configuration, "--no-build", "-o", Path.Combine(_folder, "app"), "--nologo", "-v", "q"],
            SourceTree.Home);
        Assert.True(published.ExitCode == 0, published.Output);

        var program = Path.Combine(_folder, "app", "Annotator.Web.dll");
        string[] settings =
        [
            $"--ConnectionStrings:Annotator={_database!.ConnectionString}", $"--Annotator:DataRoot={Path.Combine(_folder, "data")}",
        ];
        var migrated = await ProgramProcess.RunAsync("dotnet", [program, "migrate", .. settings], _folder);
        Assert.True(migrated.ExitCode == 0, migrated.Output);

        await using var server = ProgramProcess.Start("dotnet", [program, "--urls=http://127.0.0.1:0", .. settings], _folder);
        var port = (await server.AddressAsync()).Port;
        Assert.Contains("200 OK", await AskAsync(port, "/health/ready"), StringComparison.Ordinal);
        Assert.Contains("<h1", await AskAsync(port, "/"), StringComparison.Ordinal);
        Assert.Contains("--accent", await AskAsync(port, "/app.css"), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_folder, "data")));
    }

    [Fact]
    public async Task Says_what_is_wrong_with_its_settings_and_fails()
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Annotator.Web.dll");
        var run = await ProgramProcess.RunAsync(
            "dotnet", [program, "--Annotator:Demo=perhaps", "--Annotator:PublicUrl=nowhere"], AppContext.BaseDirectory);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("Annotator:Demo", run.Output, StringComparison.Ordinal);
        Assert.Contains("Annotator:PublicUrl", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Output, StringComparison.Ordinal);
    }

    private static async Task<string> AskAsync(int port, string path)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", port, Ct);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.0\r\nHost: localhost\r\n\r\n"), Ct);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(Ct);
    }
}
