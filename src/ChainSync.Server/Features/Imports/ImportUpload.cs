using ChainSync.Core;
using ChainSync.Server.Infrastructure.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ChainSync.Server.Features.Imports;

/// <summary>Takes the body of a request into a file of its own, never into memory.</summary>
internal static class ImportUpload
{
    private const int BufferBytes = 128 * 1024;

    private static readonly string[] Types = ["text/csv", "application/gzip", "application/x-gzip", "application/octet-stream"];

    /// <summary>The body, from its start; the file is deleted when it is closed.</summary>
    /// <exception cref="RejectionException">Another kind of body, or too large a one.</exception>
    public static async Task<FileStream> TakeAsync(HttpContext context, ImportOptions options)
    {
        var type = context.Request.ContentType?.Split(';')[0].Trim();
        if (!Types.Contains(type, StringComparer.OrdinalIgnoreCase))
            throw new RejectionException(new("common.unsupported-media-type", "Send the file as text/csv or application/gzip."));
        if (context.Request.ContentLength > options.MaxFileBytes) throw TooLarge(options);
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = options.MaxFileBytes + 1;
        var file = new FileStream(
            Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, BufferBytes,
            FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        try
        {
            await CopyAsync(context, file, options);
            file.Position = 0;
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    private static async Task CopyAsync(HttpContext context, FileStream file, ImportOptions options)
    {
        var buffer = new byte[BufferBytes];
        while (await context.Request.Body.ReadAsync(buffer, context.RequestAborted) is var read and > 0)
        {
            if (file.Length + read > options.MaxFileBytes) throw TooLarge(options);
            await file.WriteAsync(buffer.AsMemory(0, read), context.RequestAborted);
        }
    }

    private static RejectionException TooLarge(ImportOptions options) =>
        new(new Rejection("common.too-large", $"The file is larger than {options.MaxFileBytes:N0} bytes. Nothing was written."));
}
