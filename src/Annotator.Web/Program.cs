var app = WebApplication.CreateBuilder(args).Build();
app.MapGet("/", () => "Annotator");
await app.RunAsync();
