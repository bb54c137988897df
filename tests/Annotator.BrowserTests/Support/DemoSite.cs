namespace Annotator.BrowserTests.Support;

/// <summary>The program with the demo library.</summary>
public sealed class DemoSite : Site
{
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await LoadDemoAsync();
    }
}
