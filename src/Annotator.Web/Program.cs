using Annotator.Web.Commands;
using Annotator.Web.Hosting;

return await CommandLine.RunAsync(args, AnnotatorApp.ServeAsync, AnnotatorApp.OpenAsync, Terminal.Console);
