/** An email address that breaks only after its @ and before its dots, where there is no room for all of it. */
import type { VNode } from "preact";
import { isPlain, marked } from "../marked-text/marked-text.tsx";

export const Email = ({ address }: { readonly address: string }): VNode => {
  if (!isPlain(address)) return <bdi>{marked(address)}</bdi>;
  return (
    <>
      {address.split(/(?<=@)|(?=\.)/).map((piece, at) => (
        <>
          {at > 0 && <wbr />}
          {piece}
        </>
      ))}
    </>
  );
};
