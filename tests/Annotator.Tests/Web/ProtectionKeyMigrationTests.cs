using System.Security.Claims;
using System.Xml.Linq;
using Annotator.Domain.Data;
using Annotator.Web.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Annotator.Tests.Web;

/// <summary>Whoever was signed in before the keys were kept by the package stays signed in.</summary>
public sealed class ProtectionKeyMigrationTests
{
    private const string Application = "Annotator";

    [Fact]
    public async Task A_cookie_made_under_a_key_of_the_old_table_still_signs_in()
    {
        var (cookie, name, xml) = SignIn("Reader");
        var database = await TestDatabase.CreateAsync();
        await RestoreOldTableAsync(database, name, xml);
        await using (var services = Program(database))
        {
            var tickets = services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>()
                .Get(IdentityConstants.ApplicationScheme).TicketDataFormat;
            Assert.Equal("Reader", tickets.Unprotect(cookie)?.Principal.Identity?.Name);
            await using var db = services.GetRequiredService<AnnotatorDb>();
            var key = await db.DataProtectionKeys.SingleAsync(Ct);
            Assert.Equal((name, xml), (key.FriendlyName, key.Xml));
        }

        await database.DropAsync();
    }

    [Fact]
    public async Task A_key_made_by_one_instance_is_read_by_the_next()
    {
        var database = await TestDatabase.CreateAsync();
        string written;
        await using (var first = Program(database))
            written = first.GetRequiredService<IDataProtectionProvider>().CreateProtector("test").Protect("kept");
        await using (var second = Program(database))
            Assert.Equal("kept", second.GetRequiredService<IDataProtectionProvider>().CreateProtector("test").Unprotect(written));
        await database.DropAsync();
    }

    /// <returns>A cookie as the program writes it, and the only key that opens it.</returns>
    private static (string Cookie, string Name, string Xml) SignIn(string person)
    {
        var folder = Directory.CreateTempSubdirectory("annotator-keys-");
        try
        {
            var protector = DataProtectionProvider.Create(folder, keys => keys.SetApplicationName(Application))
                .CreateProtector(
                    "Microsoft.AspNetCore.Authentication.Cookies.CookieAuthenticationMiddleware",
                    IdentityConstants.ApplicationScheme,
                    "v2");
            var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, person)], IdentityConstants.ApplicationScheme);
            var cookie = new TicketDataFormat(protector).Protect(
                new AuthenticationTicket(new ClaimsPrincipal(identity), IdentityConstants.ApplicationScheme));
            var key = folder.GetFiles().Single();
            return (
                cookie,
                Path.GetFileNameWithoutExtension(key.Name),
                XElement.Parse(File.ReadAllText(key.FullName)).ToString(SaveOptions.DisableFormatting));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The store as it was before, with one key, brought up to date.</summary>
    private static async Task RestoreOldTableAsync(TestDatabase database, string name, string xml)
    {
        var options = new DbContextOptionsBuilder<AnnotatorDb>();
        AnnotatorDb.Configure(options, database.ConnectionString);
        await using var db = new AnnotatorDb(options.Options);
        await db.GetService<IMigrator>().MigrateAsync("Access", Ct);
        await db.Database.ExecuteSqlAsync($"insert into protection_key (name, xml) values ({name}, {xml})", Ct);
        await db.Database.MigrateAsync(Ct);
    }

    private static ServiceProvider Program(TestDatabase database)
    {
        var services = new ServiceCollection().AddLogging().AddAnnotatorDomain(database.ConnectionString);
        return services.AddAnnotatorIdentity().BuildServiceProvider();
    }
}
