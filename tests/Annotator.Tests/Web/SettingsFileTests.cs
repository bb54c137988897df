using Annotator.Web;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Json;

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
}
