namespace Annotator.Domain.People;

/// <summary>Something that administrators decide while the program runs, for all of its instances.</summary>
public sealed class SiteSetting
{
    public string Name { get; private set; } = "";
    public string Value { get; private set; } = "";

    private SiteSetting() { }
}
