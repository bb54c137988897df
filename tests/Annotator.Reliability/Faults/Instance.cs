using Annotator.Web.Hosting;

namespace Annotator.Reliability.Faults;

/// <summary>Processes of the program.</summary>
internal static class Instance
{
    // A few people write and read as fast as they are answered.
    private static readonly string[] Unlimited =
    [
        "--Annotator:Limits:SignUp:Address=1000000", "--Annotator:Limits:SignIn:Address=1000000",
        "--Annotator:Limits:Write:Newcomer=1000000", "--Annotator:Limits:Search:Address=1000000",
    ];

    /// <summary>Starts the program or a command of it.</summary>
    public static ProgramProcess Run(params IEnumerable<string> arguments) =>
        ProgramProcess.Start(
            WorkerProgram.Command[0], [.. WorkerProgram.Command.Skip(1), .. arguments, .. Unlimited], AppContext.BaseDirectory);

    /// <summary>Starts the program on a database.</summary>
    public static ProgramProcess Serve(string connectionString, params string[] settings) =>
        Run(["--urls=http://127.0.0.1:0", $"--ConnectionStrings:Annotator={connectionString}", .. settings]);

    /// <summary>Runs a command on a database to its end.</summary>
    public static async Task<(int ExitCode, string Output)> CommandAsync(string connectionString, params string[] words)
    {
        await using var command = Run([.. words, $"--ConnectionStrings:Annotator={connectionString}"]);
        await command.EndedAsync();
        return (command.ExitCode, command.Output);
    }
}
