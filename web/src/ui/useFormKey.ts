import { useState } from "react";

/**
 * The key of a form that begins with the question in the address: another one when the address changes, so that the form begins anew. Not
 * when the form itself changed it: what stands in it is the question then, and the keyboard stays where it is.
 * @returns the key, and what the form tells: the question that it is about to put into the address
 */
export function useFormKey(question: string): [key: number, tell: (question: string) => void] {
  const [form, setForm] = useState<{ key: number; question: string; told?: string }>({ key: 0, question });
  if (form.question !== question) setForm({ key: form.told === question ? form.key : form.key + 1, question });
  return [form.key, (told) => setForm((now) => ({ ...now, told }))];
}
