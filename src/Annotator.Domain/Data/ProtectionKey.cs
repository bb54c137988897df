namespace Annotator.Domain.Data;

/// <summary>A key that protects cookies and forms, shared by all instances of the program. XML as ASP.NET writes it.</summary>
public sealed class ProtectionKey
{
    public string Name { get; private set; } = "";
    public string Xml { get; private set; } = "";

    private ProtectionKey() { }

    public static ProtectionKey Named(string name, string xml) => new() { Name = name, Xml = xml };
}
