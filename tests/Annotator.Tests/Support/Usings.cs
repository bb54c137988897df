global using static Annotator.Tests.Support.Cancel;
global using Annotator.Tests.Support;
global using Xunit;
