// A new password: typed, or suggested; shown while it is written when it has to be told.
import { useRef } from "preact/hooks";

// Without the letters and digits that are read for one another.
const alphabet = "abcdefghjkmnpqrstuvwxyz23456789";
const groups = 4;
const groupLength = 5;

// 20 letters of 31: 99 bits.
function suggestion(): string {
  const out: string[] = [];
  while (out.length < groups * groupLength) {
    for (const byte of crypto.getRandomValues(new Uint8Array(32))) {
      // Above the last whole multiple, some letters would come more often.
      if (byte < 248 && out.length < groups * groupLength) out.push(alphabet[byte % 31]!);
    }
  }
  return out.join("").replace(/(.{5})(?=.)/g, "$1-");
}

interface Props {
  id: string;
  label: string;
  told?: boolean; // somebody else will use it
}

export function NewPassword({ id, label, told }: Props) {
  const field = useRef<HTMLInputElement>(null);
  return (
    <>
      <label for={id}>{label}</label>
      <input
        ref={field}
        id={id}
        name="password"
        type={told ? "text" : "password"}
        autocomplete={told ? "off" : "new-password"}
        autocapitalize="none"
        spellcheck={false}
        minLength={8}
        maxLength={256}
        required
      />
      {told && (
        <p class="suggest">
          <button
            type="button"
            class="plain"
            onClick={() => {
              if (field.current) field.current.value = suggestion();
            }}
          >
            Suggest one
          </button>
          <span class="muted">Give it to them where only they can read it.</span>
        </p>
      )}
    </>
  );
}
