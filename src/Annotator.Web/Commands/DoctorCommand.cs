using System.CommandLine;
using Annotator.Web.Hosting;

namespace Annotator.Web.Commands;

/// <summary><c>doctor</c>: looks whether the installation works, and says what to do where it does not.</summary>
internal static class DoctorCommand
{
    public static Command Define(CommandContext context)
    {
        var doctor = new Command("doctor", "Look whether the installation works, and say what to do");
        doctor.SetAction((_, ct) => RunAsync(context, ct));
        return doctor;
    }

    private static async Task<int> RunAsync(CommandContext context, CancellationToken ct)
    {
        var worst = Verdict.Good;
        await foreach (var finding in Checkup.RunAsync(context.Settings, ct))
        {
            if (finding.Verdict > worst)
                worst = finding.Verdict;
            await context.Terminal.Out.WriteLineAsync($"{Word(finding.Verdict),-8} {finding.What,-13} {finding.Says}");
            if (finding.Remedy is { } remedy)
                await context.Terminal.Out.WriteLineAsync($"{"",-8} {"",-13} → {remedy}");
        }

        return worst is Verdict.Fault ? CommandLine.Failed : CommandLine.Ok;
    }

    private static string Word(Verdict verdict) => verdict switch
    {
        Verdict.Good => "ok",
        Verdict.Warning => "warning",
        _ => "FAULT",
    };
}
