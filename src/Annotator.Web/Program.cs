using Annotator.Web;
using Annotator.Web.Commands;

return await CommandLine.RunAsync(args, AnnotatorApp.ServeAsync, AnnotatorApp.OpenAsync, Terminal.Console);
