using Annotator.Reliability.Support;

namespace Annotator.Reliability.Faults;

/// <summary>What befalls the program and the PostgreSQL that it runs for itself.</summary>
public sealed class EmbeddedFaultTests(EmbeddedSite site) : IClassFixture<EmbeddedSite>, IAsyncLifetime
{
    public ValueTask InitializeAsync()
    {
        Signals.Require();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public Task The_program_is_killed() =>
        Supervised("kill -9 program", site.RestartAsync).RunAsync(site.Crowd);

    [Fact]
    public Task The_program_is_asked_to_end() =>
        Supervised("SIGTERM program", async () =>
        {
            await Signals.SendAsync("TERM", site.Program.Id);
            await site.Program.EndedAsync();
            Assert.Equal(0, site.Program.ExitCode);
            Assert.False(site.HasPostmaster, "PostgreSQL was left running.");
            await site.StartAsync();
        }).RunAsync(site.Crowd);

    [Fact]
    public Task A_session_of_the_database_is_killed() => site.Trial("kill -9 backend", KillBackendAsync).RunAsync(site.Crowd);

    /// <summary>A command leaves the server to the site, which has lost its connections in between.</summary>
    [Fact]
    public Task A_command_runs_after_a_session_was_killed() =>
        site.Trial("kill -9 backend, command", async () =>
        {
            await KillBackendAsync();
            await site.Crowd.BackAsync(Pace.Now);
            Assert.Equal(0, await site.CommandAsync("search", "words"));
        }).RunAsync(site.Crowd);

    [Fact]
    public Task The_server_of_the_database_is_killed() =>
        site.Trial("kill -9 postmaster", () => Signals.SendAsync("KILL", site.Postmaster)).RunAsync(site.Crowd);

    [Fact]
    public Task The_database_stands_still() =>
        site.Trial($"SIGSTOP PostgreSQL {Pace.Fault.TotalSeconds:0} s", async () =>
        {
            var processes = Signals.Family(site.Postmaster);
            try
            {
                await Signals.SendAsync("STOP", processes);
                await Pace.HoldAsync();
            }
            finally
            {
                await Signals.SendAsync("CONT", processes);
            }
        }).RunAsync(site.Crowd);

    private Trial Supervised(string fault, Func<Task> strike) =>
        site.Trial(fault, strike) with { Back = "started again", Since = () => site.Started };

    private async Task KillBackendAsync() => await Signals.SendAsync("KILL", await site.BackendAsync());
}
