using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;

namespace ChainSync.Server.Features.Pages;

/// <summary>Serves the built web app. Any path that is no file and no API is a page of it.</summary>
public static class PagesSetup
{
    public static void MapPages(this WebApplication app)
    {
        var folder = Path.GetFullPath(app.Configuration["Web:Folder"] ?? DefaultFolder());
        if (!File.Exists(Path.Combine(folder, "index.html"))) return;
        var files = new PhysicalFileProvider(folder);
        var options = new StaticFileOptions { FileProvider = files, OnPrepareResponse = context => CacheFor(context.Context) };
        app.UseStaticFiles(options);
        // What no address of the API answers is a mistake of a program's, and no page.
        app.MapMethods("/api/{**rest}", [HttpMethods.Get, HttpMethods.Head], () => Results.NotFound()).WithOrder(int.MaxValue).ExcludeFromDescription();
        app.MapFallbackToFile("{*path:nonfile}", "index.html", options);
    }

    // Assets carry a hash of their content in their name and never change; everything else is asked for again.
    private static void CacheFor(HttpContext context) =>
        context.Response.Headers[HeaderNames.CacheControl] =
            context.Request.Path.StartsWithSegments("/assets") ? "public, max-age=31536000, immutable" : "no-cache";

    // In a checkout the program lies under artifacts/, the pages in web/dist beside it.
    private static string DefaultFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Directory.Exists(Path.Combine(folder.FullName, "web", "dist"))) return Path.Combine(folder.FullName, "web", "dist");
        }
        return Path.Combine(AppContext.BaseDirectory, "web");
    }
}
