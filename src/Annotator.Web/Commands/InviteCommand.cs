using System.CommandLine;
using Annotator.Domain.Access;
using Annotator.Web.Hosting;

namespace Annotator.Web.Commands;

/// <summary><c>user invite</c>: makes a link by which people can sign up.</summary>
internal static class InviteCommand
{
    private static readonly Option<int> Uses = new("--uses")
    {
        Description = "Accounts that can be made with it", HelpName = "N", DefaultValueFactory = _ => 1,
    };
    private static readonly Option<int> Days = new("--days")
    {
        Description = "Days until it expires", HelpName = "N", DefaultValueFactory = _ => 7,
    };

    public static Command Define(CommandContext context)
    {
        var invite = new Command("invite", "Make a link by which people can sign up where that takes an invitation") { Uses, Days };
        invite.SetAction((parsed, ct) => InviteAsync(parsed, context, ct));
        return invite;
    }

    private static async Task<int> InviteAsync(ParseResult parsed, CommandContext context, CancellationToken ct)
    {
        await using var store = await context.OpenAsync(ct);
        var path = await store.Services.GetRequiredService<SignUpRules>()
            .InviteAsync(Viewer.Operator, parsed.GetValue(Uses), parsed.GetValue(Days), ct);
        var address = store.Services.GetRequiredService<AnnotatorOptions>().PublicUrl ?? AnnotatorApp.DefaultUrl;
        await context.Terminal.Out.WriteLineAsync($"{address.TrimEnd('/')}{path}");
        return CommandLine.Ok;
    }
}
