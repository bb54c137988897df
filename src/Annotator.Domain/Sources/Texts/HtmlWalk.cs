using AngleSharp.Dom;

namespace Annotator.Domain.Sources.Texts;

/// <summary>Goes through a page in document order, without recursion: pages can be nested as deep as their authors like.</summary>
/// <param name="address">What relative links are relative to; null leaves them out.</param>
internal sealed class HtmlWalk(SnapshotWriter writer, Uri? address)
{
    private readonly Stack<Step> _steps = new();

    /// <summary>Writes a node and all that is in it, without recursion: documents may be nested deeper than the stack is.</summary>
    public void Write(INode root)
    {
        Enter(root);
        while (_steps.TryPeek(out var step))
        {
            if (step.Next < step.Node.ChildNodes.Length)
                Visit(step.Node.ChildNodes[step.Next++], step);
            else
                Leave(_steps.Pop());
        }
    }

    private void Visit(INode node, Step parent)
    {
        switch (node)
        {
            case IText text when !(parent.Name is "ruby" && string.IsNullOrWhiteSpace(text.Data)):
                writer.Text(text.Data);
                break;
            case IElement { LocalName: "caption", ParentElement.LocalName: "table" }:
                break;
            case IElement element:
                Enter(element);
                break;
        }
    }

    private void Enter(INode node)
    {
        if (node is not IElement element)
        {
            _steps.Push(new Step(node, HtmlElements.Through));
            return;
        }

        if (WriteSingle(element))
            return;
        if (HtmlElements.NameOf(element) is not { } name)
        {
            HtmlElements.Note(element, writer.LeftOut);
            return;
        }

        if (name is "a" && SnapshotAttributes.Link(element.GetAttribute("href"), address).Length == 0)
            name = HtmlElements.Through;
        if (name is "table")
            WriteCaptions(element);
        if (name.Length > 0)
            writer.Open(name, AttributesOf(element, name));
        _steps.Push(new Step(node, name));
    }

    private void Leave(Step step)
    {
        if (step.Name.Length > 0)
            writer.Close(step.Name);
    }

    private bool WriteSingle(IElement element)
    {
        switch (element.LocalName)
        {
            case "br":
                writer.Break();
                return true;
            case "hr":
                writer.Rule();
                return true;
            case "img" or "image":
                if (element.GetAttribute("alt") is { } alt && !string.IsNullOrWhiteSpace(alt))
                    writer.Text($"[{alt.Trim()}]");
                else
                    writer.LeftOut.Add("image", "no_words");
                return true;
            default:
                return false;
        }
    }

    private string AttributesOf(IElement element, string name) =>
        (name is "a" ? SnapshotAttributes.Link(element.GetAttribute("href"), address) : "")
        + SnapshotAttributes.Language(element.GetAttribute("lang") ?? element.GetAttribute("xml:lang"))
        + SnapshotAttributes.Direction(element.GetAttribute("dir"));

    // The caption of a table is the paragraph before it.
    private void WriteCaptions(IElement table)
    {
        foreach (var caption in table.Children.Where(c => c.LocalName is "caption" && HtmlElements.NameOf(c) is not null))
        {
            writer.Open("p");
            writer.Text(caption.TextContent);
            writer.Close("p");
        }
    }

    private sealed class Step(INode node, string name)
    {
        public INode Node => node;
        public string Name => name;
        public int Next { get; set; }
    }
}
