// A QR code to be scanned off this screen: dark on light whatever the colours around it.
import { qrOf } from "./qr";

const quiet = 4; // modules of light around it, as the standard asks

export function QrCode({ text, label }: { text: string; label: string }) {
  const modules = qrOf(text);
  if (!modules) return null;
  const size = modules.length + 2 * quiet;
  const path = modules
    .flatMap((row, y) => row.map((dark, x) => (dark ? `M${x + quiet} ${y + quiet}h1v1h-1z` : "")))
    .join("");
  return (
    <svg class="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label}>
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" shape-rendering="crispEdges" />
    </svg>
  );
}
