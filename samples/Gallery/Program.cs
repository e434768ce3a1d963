// Draws every kind of picture, and writes the page that shows them with their code: docs/gallery.md and docs/gallery/, or where the only argument says.
using Gallery;

string root = Directory.GetCurrentDirectory();
while (!File.Exists(Path.Combine(root, "ParticleImages.sln")))
{
    root = Path.GetDirectoryName(root) ?? throw new InvalidOperationException("Run this from within the repository: the page shows its own source.");
}

string target = args is [var named] ? named : Path.Combine(root, "docs");
string pictures = Path.Combine(target, "gallery");
Directory.CreateDirectory(pictures);
using GalleryData data = await GalleryData.MakeAsync();
new Pictures(data, pictures).Draw();
string own = Path.Combine(root, "samples", "Gallery");
File.WriteAllText(Path.Combine(target, "gallery.md"), GalleryPage.Of(File.ReadAllText(Path.Combine(own, "GalleryData.cs")), File.ReadAllText(Path.Combine(own, "Pictures.cs")), "gallery"));
Console.WriteLine($"{Directory.EnumerateFiles(pictures).Count()} pictures are in {pictures}, the page that shows them is {Path.Combine(target, "gallery.md")}.");
