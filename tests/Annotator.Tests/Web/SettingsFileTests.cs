using Annotator.Web;
using Annotator.Web.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Annotator.Tests.Web;

public sealed class SettingsFileTests
{
    [Fact]
    public void Files_of_settings_are_read_and_not_watched()
    {
        IConfigurationRoot settings = AnnotatorApp.Prepare(["--urls", "http://127.0.0.1:0"]).Configuration;
        var files = settings.Providers.OfType<JsonConfigurationProvider>().ToList();
        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.False(file.Source.ReloadOnChange));
    }

    [Theory]
    [InlineData("Host=db;Username=annotator", "from the file")]
    [InlineData("Host=db;Username=annotator;Password=given", "given")]
    public async Task A_secret_is_read_from_its_file(string connection, string password)
    {
        var folder = Directory.CreateTempSubdirectory("annotator-secrets-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "Annotator__Database__Password"), "from the file\n", Ct);
            var settings = AnnotatorApp.Prepare(
                [$"--Annotator:Secrets={folder.FullName}", $"--ConnectionStrings:Annotator={connection}"]).Configuration;
            await using var store = await Store.OpenAsync(settings, AnnotatorOptions.From(settings), NullLogger.Instance, waits: false, Ct);
            Assert.Equal(password, new NpgsqlConnectionStringBuilder(store.ConnectionString).Password);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_folder_of_secrets_that_is_not_there_is_told()
    {
        var told = Assert.Throws<InvalidSettings>(() => AnnotatorApp.Prepare(["--Annotator:Secrets=/not/there"]));
        Assert.Contains("Annotator:Secrets is \"/not/there\"; there is no such folder.", told.Message, StringComparison.Ordinal);
    }
}
